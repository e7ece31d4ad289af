package dev.objectos.runtime.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A program in Lua that Redis runs as one step; it is sent by its digest once Redis knows it. */
public final class RedisScript {

    private final byte[] text;
    private final byte[] digest;

    private RedisScript(byte[] text) {
        this.text = text;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
            digest = HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param file beside the class */
    public static RedisScript of(Class<?> beside, String file) {
        try (InputStream content = beside.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalArgumentException("there is no " + file + " beside " + beside.getName());
            }
            return new RedisScript(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] text() {
        return text;
    }

    byte[] digest() {
        return digest;
    }
}

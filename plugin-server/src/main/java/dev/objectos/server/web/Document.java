package dev.objectos.server.web;

import dev.objectos.server.json.JsonAnswer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A document and the tag that changes with it.
 *
 * @param json in UTF-8
 * @param etag with its quotes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Document(byte[] json, String etag) {

    public static Document of(Object tree) {
        return of("", tree);
    }

    /** @param version that edits refer to */
    public static Document of(int version, Object tree) {
        return of(version + "-", tree);
    }

    private static Document of(String prefix, Object tree) {
        byte[] json = JsonAnswer.tree(tree);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            return new Document(json, "\"" + prefix + HexFormat.of().formatHex(digest, 0, 8) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

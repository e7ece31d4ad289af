package dev.objectos.server.idempotency;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request whose body was read to know it again, and is read once more by its endpoint. */
final class RepeatableRequest extends HttpServletRequestWrapper {

    /** The body; null: it is in parts, which the container keeps. */
    private final byte @Nullable [] body;

    private RepeatableRequest(HttpServletRequest request, byte @Nullable [] body) {
        super(request);
        this.body = body;
    }

    /** @param limit the largest body that is taken */
    static RepeatableRequest of(HttpServletRequest request, int limit) {
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return new RepeatableRequest(request, null);
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(limit + 1);
        } catch (IOException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The body could not be read to its end", e);
        }
        if (body.length > limit) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A body has at most " + limit + " bytes");
        }
        return new RepeatableRequest(request, body);
    }

    /** The same for the same request with equal rights alone: method, path, body, and what the credential is limited to. */
    byte[] fingerprint(Session session) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        text(digest, getMethod());
        text(digest, getRequestURI());
        text(digest, String.valueOf(getQueryString()));
        text(digest, session.scopes() == null ? "" : new TreeSet<>(session.scopes()).toString());
        text(digest, session.impersonator() == null ? "" : String.valueOf(session.impersonator().id()));
        byte[] whole = body;
        if (whole == null) {
            parts(digest);
        } else {
            digest.update(whole);
        }
        return digest.digest();
    }

    /** The boundary between parts is another one each time. */
    private void parts(MessageDigest digest) {
        try {
            for (Part part : getParts()) {
                text(digest, part.getName());
                text(digest, String.valueOf(part.getSubmittedFileName()));
                text(digest, String.valueOf(part.getSize()));
                try (InputStream content = part.getInputStream();
                        var into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                    content.transferTo(into);
                }
            }
        } catch (IllegalStateException e) {
            // What the servlet API says of a body or a part above its limits.
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "The upload is too large", e);
        } catch (IOException | ServletException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The multipart body cannot be read", e);
        }
    }

    private static void text(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new Again(body);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body == null
                ? super.getReader()
                : new BufferedReader(new InputStreamReader(new Again(body), StandardCharsets.UTF_8));
    }

    /** The body from its beginning. */
    private static final class Again extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        private Again(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is there; nothing needs to wait for it");
        }
    }
}

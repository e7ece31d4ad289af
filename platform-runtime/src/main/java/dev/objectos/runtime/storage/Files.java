package dev.objectos.runtime.storage;

import dev.objectos.runtime.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.UUID;

/**
 * Files of a tenant. A field of a file type holds ids of such files. Whoever sees a record and its field may read the files that
 * it holds; a file that no record has been given yet is its uploader's. One that nobody holds for a day is removed. A file that
 * may not be read does not exist: {@code RESOURCE_NOT_FOUND}.
 */
public interface Files {

    /**
     * Takes a file in.
     *
     * @throws dev.objectos.runtime.PlatformException {@code PAYLOAD_TOO_LARGE} where it, or all files of the tenant together, would
     *         be; {@code VALIDATION_FAILED} where its bytes are not what its type says, or of a type that is not taken; {@code
     *         UNAVAILABLE} where the storage fails
     */
    StoredFile store(NewFile file, InputStream content, Session session) throws IOException;

    /**
     * Announces a file whose bytes come later, by {@link #receive}.
     *
     * @param size in bytes
     */
    Announced announce(NewFile file, long size, Session session);

    /** Takes the bytes of an announced file; nobody is asked who sends them. */
    void receive(String uploadToken, InputStream content) throws IOException;

    /** An announced file of the session's, once its bytes are there. */
    StoredFile complete(UUID id, Session session);

    /** Announces a file whose bytes come in parts of one size; the last may be smaller. */
    Parts announceParts(NewFile file, long size, long partSize, Session session);

    /**
     * Takes a part; the same part again replaces it.
     *
     * @param token what {@link #announceParts} has given
     * @return the part's tag
     */
    String receivePart(UUID id, int part, String token, InputStream content, Session session) throws IOException;

    /** How far the parts of one's own file have come. */
    Progress progress(UUID id, Session session);

    /** Puts the parts together; {@code VALIDATION_FAILED} where some are missing. */
    StoredFile completeParts(UUID id, Session session) throws IOException;

    /** A file that the session may read. */
    StoredFile find(UUID id, Session session);

    /**
     * The bytes of a file from a place on.
     *
     * @param length how many are read at most
     */
    InputStream open(StoredFile file, long from, long length);

    /** A token with which anybody may read the file for some minutes. */
    String downloadToken(StoredFile file);

    /** The file of such a token. */
    StoredFile byDownloadToken(String token);

    /** Removes one's own file, or any as an administrator, unless a record has been given it. */
    void remove(UUID id, Session session);

    /** What the files of the session's tenant take up; for its administrators. */
    FileUsage usage(Session session);

    /** @param token with which the bytes are sent */
    record Announced(UUID id, String token, Instant expires) {}

    /** @param token that each part comes with */
    record Parts(UUID id, String token, int total, long partSize, Instant expires) {}

    /** @param complete whether the parts have been put together */
    record Progress(UUID id, String name, long size, int parts, long bytes, int total, boolean complete,
            Instant started, Instant expires) {}
}

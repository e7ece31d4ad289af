package dev.objectos.server.discovery;

import org.jspecify.annotations.Nullable;

/**
 * The capabilities that the TypeScript client knows, and the path at which each one would answer. One whose path nobody
 * serves, and one without a path, does not work.
 */
enum Capability {

    COMMENTS("comments", "/api/data/comments"), //
    AUTOMATION("automation", "/api/automation"), //
    CRON("cron", "/api/automation/jobs"), //
    SEARCH("search", "/api/data/{object}"), //
    EXPORT("export", "/api/data/{object}/export"), //
    CHUNKED_UPLOAD("chunkedUpload", "/api/storage/upload/chunked"), //
    TRANSACTIONAL_BATCH("transactionalBatch", "/api/batch"), //
    WEBSOCKETS("websockets", "/api/realtime"), //
    FILES("files", "/api/storage"), //
    ANALYTICS("analytics", "/api/analytics"), //
    AI("ai", null), //
    NOTIFICATIONS("notifications", "/api/notifications"), //
    I18N("i18n", "/api/i18n");

    private final String key;
    private final @Nullable String path;

    Capability(String key, @Nullable String path) {
        this.key = key;
        this.path = path;
    }

    String key() {
        return key;
    }

    boolean works(MountedPaths paths) {
        return path != null && paths.answersAt(path);
    }
}

package dev.objectos.runtime.resource;

/** What a plugin may exceed. */
enum Limit {

    HANDLER_TIME("handlerTime"), QUEUE("queue"), DATABASE_TIME("databaseTime");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    /** As the manifest says it. */
    String word() {
        return word;
    }
}

package dev.objectos.runtime.coordination.cluster;

/** A queue. */
record QueueName(String owner, String name) {

    /** What those wait for who receive from it. */
    String topic() {
        return "queue/" + owner + "/" + name;
    }
}

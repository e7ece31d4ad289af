package dev.objectos.workflow;

/** The workflow, and its version, that a record began by. */
record StartedBy(String workflow, int version) {}

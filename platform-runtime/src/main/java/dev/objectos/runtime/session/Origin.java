package dev.objectos.runtime.session;

/** Through which door an action came. */
public enum Origin {
    REST, GRAPHQL, JOB, TRIGGER, WORKFLOW, IMPORT, SEED, SYSTEM
}

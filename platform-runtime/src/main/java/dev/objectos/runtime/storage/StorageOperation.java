package dev.objectos.runtime.storage;

/** What is done with a store. */
public enum StorageOperation {
    GET, SCAN, WRITE
}

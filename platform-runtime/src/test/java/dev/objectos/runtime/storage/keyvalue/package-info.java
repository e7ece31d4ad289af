/** Tests of the key-value stores. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.storage.keyvalue;

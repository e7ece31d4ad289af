/** Tests of coordination between nodes. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.coordination.cluster;

/** Tests of how triggers are read. */
@org.jspecify.annotations.NullMarked
package dev.objectos.automation.trigger;

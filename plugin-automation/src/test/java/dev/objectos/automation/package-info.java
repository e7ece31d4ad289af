/** Tests of the plugin. */
@org.jspecify.annotations.NullMarked
package dev.objectos.automation;

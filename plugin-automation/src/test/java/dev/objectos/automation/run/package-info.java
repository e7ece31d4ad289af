/** Tests of triggers at work. */
@org.jspecify.annotations.NullMarked
package dev.objectos.automation.run;

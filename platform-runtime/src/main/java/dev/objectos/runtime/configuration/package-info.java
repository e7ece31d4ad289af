/** Settings in layers over Spring's environment: the files of the data folder, what is known, and what may change at run time. */
@NullMarked
package dev.objectos.runtime.configuration;

import org.jspecify.annotations.NullMarked;

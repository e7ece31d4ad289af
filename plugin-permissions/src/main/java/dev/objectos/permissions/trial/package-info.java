/** Tests of permissions that come with them, in YAML, run on every publication. */
@NullMarked
package dev.objectos.permissions.trial;

import org.jspecify.annotations.NullMarked;

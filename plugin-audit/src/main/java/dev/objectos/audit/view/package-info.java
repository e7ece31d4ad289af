/** What somebody who asks is shown of the trail. */
@NullMarked
package dev.objectos.audit.view;

import org.jspecify.annotations.NullMarked;

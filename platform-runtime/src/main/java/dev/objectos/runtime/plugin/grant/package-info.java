/** What the permissions of a plugin bind: its way to the network, to files and to secrets. */
@NullMarked
package dev.objectos.runtime.plugin.grant;

import org.jspecify.annotations.NullMarked;

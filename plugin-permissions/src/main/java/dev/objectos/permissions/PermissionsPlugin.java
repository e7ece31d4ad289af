package dev.objectos.permissions;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class PermissionsPlugin implements PlatformPlugin {

    public static final String ID = "objectos-permissions";

    @Override
    public String id() {
        return ID;
    }
}

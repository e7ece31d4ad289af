package dev.objectos.server;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class ServerPlugin implements PlatformPlugin {

    public static final String ID = "objectos-server";

    @Override
    public String id() {
        return ID;
    }
}

package dev.objectos.automation;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class AutomationPlugin implements PlatformPlugin {

    public static final String ID = "objectos-automation";

    @Override
    public String id() {
        return ID;
    }
}

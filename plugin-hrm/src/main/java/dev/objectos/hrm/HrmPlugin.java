package dev.objectos.hrm;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class HrmPlugin implements PlatformPlugin {

    public static final String ID = "objectos-hrm";

    @Override
    public String id() {
        return ID;
    }
}

package dev.objectos.crm;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class CrmPlugin implements PlatformPlugin {

    public static final String ID = "objectos-crm";

    @Override
    public String id() {
        return ID;
    }
}

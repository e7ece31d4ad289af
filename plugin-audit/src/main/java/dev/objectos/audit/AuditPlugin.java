package dev.objectos.audit;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class AuditPlugin implements PlatformPlugin {

    public static final String ID = "objectos-audit";

    @Override
    public String id() {
        return ID;
    }
}

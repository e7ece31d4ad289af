package dev.objectos.workflow;

import dev.objectos.runtime.spi.PlatformPlugin;

/** The code behind the manifest {@code META-INF/objectos/plugin.yml} of {@value #ID}. */
public final class WorkflowPlugin implements PlatformPlugin {

    public static final String ID = "objectos-workflow";

    @Override
    public String id() {
        return ID;
    }
}

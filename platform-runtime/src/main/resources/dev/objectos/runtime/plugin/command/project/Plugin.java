package {{package}};

import dev.objectos.runtime.spi.PlatformPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the steps of the plugin's life. */
public final class {{Name}}Plugin implements PlatformPlugin {

    private static final Logger LOG = LoggerFactory.getLogger({{Name}}Plugin.class);

    @Override
    public String id() {
        return "{{id}}";
    }

    @Override
    public void onInstall() {
        LOG.info("{{name}} is here for the first time");
    }

    @Override
    public void onEnable() {
        LOG.info("{{name}} runs");
    }

    @Override
    public void onDisable() {
        LOG.info("{{name}} runs no more");
    }
}

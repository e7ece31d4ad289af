package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.manifest.Hook;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the code of plugins to life.
 *
 * @param hookTime how long a hook may take
 */
public record CodeLoader(OpenClasses open, ServerParts parts, ServerSeams seams, Duration hookTime) {

    private static final Logger LOG = LoggerFactory.getLogger(CodeLoader.class);

    /** The code of a package, loaded and not taking part in anything yet. */
    PluginCode load(PluginPackage content) {
        return content.hasClasses() ? JavaCode.load(content, this) : PluginCode.NONE;
    }

    /** The same, told that it is loaded. */
    PluginCode begin(PluginPackage content) {
        PluginCode loaded = load(content);
        try {
            loaded.hook(Hook.LOAD, PlatformPlugin::onLoad);
            return loaded;
        } catch (RuntimeException | LinkageError e) {
            loaded.close();
            throw e;
        }
    }

    /**
     * Tells the code of a plugin that it is removed. What cannot even be loaded is not asked.
     *
     * @throws RuntimeException whatever its hook throws to stay
     */
    void takeLeave(PluginPackage content) {
        PluginCode last;
        try {
            last = load(content);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Plugin {} cannot be told that it is removed", content.manifest().id(), e);
            return;
        }
        try {
            last.hook(Hook.UNINSTALL, PlatformPlugin::onUninstall);
        } finally {
            last.close();
        }
    }
}

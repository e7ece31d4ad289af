package com.acme.loyalty;

import dev.objectos.runtime.spi.PlatformPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the steps of the plugin's life. */
public final class LoyaltyPlugin implements PlatformPlugin {

    private static final Logger LOG = LoggerFactory.getLogger(LoyaltyPlugin.class);

    @Override
    public String id() {
        return "acme-loyalty";
    }

    @Override
    public void onInstall() {
        LOG.info("Loyalty is here for the first time");
    }

    @Override
    public void onEnable() {
        LOG.info("Loyalty counts points");
    }

    @Override
    public void onDisable() {
        LOG.info("Loyalty counts no more");
    }
}

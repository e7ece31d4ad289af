package com.acme.loyalty;

import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.Services;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the steps of the plugin's life. */
public final class LoyaltyPlugin implements PlatformPlugin {

    private static final Logger LOG = LoggerFactory.getLogger(LoyaltyPlugin.class);

    private final Services services;
    private final Vouchers vouchers;

    public LoyaltyPlugin(Services services, Vouchers vouchers) {
        this.services = services;
        this.vouchers = vouchers;
    }

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
        services.offer(ServiceKey.of(UnaryOperator.class, "acme.vouchers", "1.0.0"), vouchers);
    }

    @Override
    public void onDisable() {
        LOG.info("Loyalty counts no more");
    }
}

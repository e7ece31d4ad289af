package com.acme.loyalty;

import dev.objectos.runtime.service.Services;
import dev.objectos.runtime.spi.PluginSecrets;
import dev.objectos.runtime.spi.Records;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The beans of the plugin; what the server gives is injected. */
@AutoConfiguration
public class LoyaltyAutoConfiguration {

    @Bean
    LoyaltyPlugin loyaltyPlugin(Services services, Vouchers vouchers) {
        return new LoyaltyPlugin(services, vouchers);
    }

    @Bean
    PointsRule pointsRule() {
        return new PointsRule();
    }

    @Bean
    MovementsController movementsController(Records records) {
        return new MovementsController(records);
    }

    @Bean
    Vouchers vouchers(PluginSecrets secrets) {
        return new Vouchers(secrets);
    }

    @Bean
    VouchersController vouchersController(Vouchers vouchers) {
        return new VouchersController(vouchers);
    }
}

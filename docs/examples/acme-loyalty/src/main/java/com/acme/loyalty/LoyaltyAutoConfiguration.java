package com.acme.loyalty;

import dev.objectos.runtime.spi.Records;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The beans of the plugin; what the server gives is injected. */
@AutoConfiguration
public class LoyaltyAutoConfiguration {

    @Bean
    LoyaltyPlugin loyaltyPlugin() {
        return new LoyaltyPlugin();
    }

    @Bean
    PointsRule pointsRule() {
        return new PointsRule();
    }

    @Bean
    MovementsController movementsController(Records records) {
        return new MovementsController(records);
    }
}

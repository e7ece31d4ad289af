package dev.objectos.auth.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sessions ({@code objectos.auth.session}).
 *
 * @param lifetime how long a sign-in lasts at most
 * @param idle how long it lasts without being used
 * @param impersonation how long an administrator may act as somebody else
 * @param cacheFor how long a credential is believed without asking the database again; what is revoked works no longer than this
 */
@ConfigurationProperties("objectos.auth.session")
public record SessionProperties(@DefaultValue("7d") Duration lifetime, @DefaultValue("3d") Duration idle,
        @DefaultValue("1h") Duration impersonation, @DefaultValue("4s") Duration cacheFor) {}

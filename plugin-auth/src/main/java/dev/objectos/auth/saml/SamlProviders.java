package dev.objectos.auth.saml;

import dev.objectos.auth.AuthError;
import dev.objectos.runtime.PlatformException;
import java.util.List;

/** The identity providers that people can sign in at, as {@code providers.saml} of {@code auth.config.yml} says. */
public record SamlProviders(List<SamlProvider> providers) {

    public SamlProviders {
        providers = List.copyOf(providers);
    }

    /** Whether people whom that provider has brought can still sign in at it. */
    public boolean knows(String provider) {
        return providers.stream().anyMatch(known -> known.provider().equals(provider));
    }

    /** @throws PlatformException {@code PROVIDER_NOT_FOUND} */
    SamlProvider named(String name) {
        return providers.stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow(
                () -> new PlatformException(AuthError.PROVIDER_NOT_FOUND, "No SAML provider has that name"));
    }
}

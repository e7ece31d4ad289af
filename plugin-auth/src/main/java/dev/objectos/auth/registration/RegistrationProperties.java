package dev.objectos.auth.registration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * People who make accounts for themselves ({@code objectos.auth.registration}); each tenant says whether they may.
 *
 * @param verifyEmail whether an account is made only once mail to its address has been seen to arrive; always so where a tenant lets in
 *        addresses of some domains
 * @param role of whoever has registered: the name of a permission set
 */
@ConfigurationProperties("objectos.auth.registration")
public record RegistrationProperties(@DefaultValue("true") boolean verifyEmail, @DefaultValue("member") String role) {

    public RegistrationProperties {
        if (role.isBlank()) {
            throw new IllegalArgumentException("objectos.auth.registration.role must name a permission set");
        }
    }
}

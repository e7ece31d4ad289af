package dev.objectos.auth.registration;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants an account, as far as they have shown who they are.
 *
 * @param username null: none
 * @param locale of the mail that asks them to confirm
 * @param callback where to send them on afterwards; null: nowhere
 */
record PendingRegistration(UUID id, UUID tenant, String email, String name, @Nullable String username,
        String passwordHash, Locale locale, @Nullable String callback) {}

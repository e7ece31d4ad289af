package dev.objectos.auth.session;

import dev.objectos.auth.account.Account;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session to begin, for somebody who has shown who they are.
 *
 * @param method how, such as {@code password}
 * @param impersonator account of the administrator who is to act as the account; null: its owner does
 */
public record NewLogin(Account account, UUID tenant, String method, Client client, @Nullable UUID impersonator) {}

package dev.objectos.auth.account;

/** A membership and the account whose it is, read together. */
public record MemberAccount(Membership membership, Account account) {}

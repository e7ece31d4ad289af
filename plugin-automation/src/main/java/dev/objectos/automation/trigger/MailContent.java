package dev.objectos.automation.trigger;

import org.jspecify.annotations.Nullable;

/**
 * What a mail says.
 *
 * @param text null: {@code html} says it
 * @param html null: {@code text} says it
 */
public record MailContent(TextTemplate subject, @Nullable TextTemplate text, @Nullable TextTemplate html) {}

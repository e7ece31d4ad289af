package dev.objectos.runtime.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may change about imports in the background.
 *
 * @param enabled whether this node works jobs off; it takes them in any case
 * @param claim how long a node that says nothing more still has a job, after which another one goes on with it: longer than any
 *        thousand rows take, with everything that they set off
 * @param keep how long jobs that have ended, and what became of their rows, are kept; they can be undone for as long
 */
@ConfigurationProperties("objectos.imports")
public record ImportProperties(@DefaultValue("true") boolean enabled, @DefaultValue("2m") Duration claim,
        @DefaultValue("30d") Duration keep) {}

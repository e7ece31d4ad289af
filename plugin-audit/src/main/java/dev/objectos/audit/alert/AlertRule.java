package dev.objectos.audit.alert;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * When somebody is to be told ({@code audit: {alerts: [{event, threshold, window_minutes, notify}]}}).
 *
 * @param object whose permissions say so
 * @param anyObject whether entries of whatever object count, for what happens to no record
 * @param actions of the entries that count
 * @param threshold how many of them
 * @param window within which time; nobody is told again before as much time has passed
 * @param recipients roles, ids of users, addresses, user names
 */
record AlertRule(String object, String event, boolean anyObject, Set<String> actions, int threshold, Duration window,
        List<String> recipients) {

    AlertRule {
        actions = Set.copyOf(actions);
        recipients = List.copyOf(recipients);
    }
}

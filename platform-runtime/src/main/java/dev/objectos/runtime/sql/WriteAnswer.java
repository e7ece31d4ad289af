package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.ReadPlan;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the writer sees the record: what the read path would answer, made part of the statement that writes it.
 *
 * @param key equal for sessions that see the record alike
 * @param plan the plan of a read by id; empty where the session may not read the object
 * @param context the values of this request
 */
public record WriteAnswer(Object key, Supplier<Optional<ReadPlan>> plan, BindContext context) {}

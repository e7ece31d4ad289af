package dev.objectos.runtime.metadata;

/**
 * The children of a lookup seen from the parent.
 *
 * @param name the collection's name on the parent: the child's name, or {@code relationship_name}, or
 *        {@code child_by_field} where a child refers to the same parent more than once
 * @param parent parent object
 * @param child child object
 * @param field the child's lookup
 */
public record Relationship(String name, String parent, String child, String field) {}

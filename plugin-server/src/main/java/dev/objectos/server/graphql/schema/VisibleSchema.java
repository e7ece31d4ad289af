package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectRights;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.visibility.GraphqlFieldVisibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema as sessions with the same rights see it: types and fields that are out of their sight are not there, to
 * validation and to introspection alike. It shares everything with the schema of the catalog.
 */
public final class VisibleSchema extends GraphQLSchema {

    private final Viewpoint viewpoint;
    private final List<GraphQLNamedType> types;

    private VisibleSchema(BuilderWithoutTypes builder, Viewpoint viewpoint) {
        super(builder);
        this.viewpoint = viewpoint;
        this.types = super.getAllTypesAsList().stream().filter(type -> viewpoint.type(type.getName())).toList();
    }

    /** The part that a session sees. */
    public static VisibleSchema of(SchemaOfCatalog whole, Catalog catalog, Session session, ObjectRights rights) {
        var viewpoint = new Viewpoint(whole.bindings(), catalog, session, rights);
        var builders = new ArrayList<BuilderWithoutTypes>();
        whole.schema().transformWithoutTypes(builder -> builders.add(builder.codeRegistry(whole.schema()
                .getCodeRegistry().transform(code -> code.fieldVisibility(new Fields(viewpoint))))));
        return new VisibleSchema(builders.getFirst(), viewpoint);
    }

    @Override
    public @Nullable GraphQLType getType(String name) {
        return viewpoint.type(name) ? super.getType(name) : null;
    }

    @Override
    public boolean containsType(String name) {
        return viewpoint.type(name) && super.containsType(name);
    }

    @Override
    public List<GraphQLNamedType> getAllTypesAsList() {
        return types;
    }

    /** Lists of fields are asked for with every argument that is an object, and so found once for each type. */
    private static final class Fields implements GraphqlFieldVisibility {

        private final Viewpoint viewpoint;
        private final Map<String, List<GraphQLFieldDefinition>> ofTypes = new ConcurrentHashMap<>();
        private final Map<String, List<GraphQLInputObjectField>> ofInputs = new ConcurrentHashMap<>();

        Fields(Viewpoint viewpoint) {
            this.viewpoint = viewpoint;
        }

        @Override
        public List<GraphQLFieldDefinition> getFieldDefinitions(GraphQLFieldsContainer container) {
            return ofTypes.computeIfAbsent(container.getName(), type -> container.getFieldDefinitions().stream()
                    .filter(field -> viewpoint.field(type, field.getName())).toList());
        }

        @Override
        public @Nullable GraphQLFieldDefinition getFieldDefinition(GraphQLFieldsContainer container, String name) {
            return viewpoint.field(container.getName(), name) ? container.getFieldDefinition(name) : null;
        }

        @Override
        public List<GraphQLInputObjectField> getFieldDefinitions(GraphQLInputFieldsContainer container) {
            return ofInputs.computeIfAbsent(container.getName(), type -> container.getFieldDefinitions().stream()
                    .filter(field -> viewpoint.field(type, field.getName())).toList());
        }

        @Override
        public @Nullable GraphQLInputObjectField getFieldDefinition(GraphQLInputFieldsContainer container,
                String name) {
            return viewpoint.field(container.getName(), name) ? container.getFieldDefinition(name) : null;
        }
    }
}

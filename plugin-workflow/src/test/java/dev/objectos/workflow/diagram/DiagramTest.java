package dev.objectos.workflow.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.workflow.TestingFiles;
import dev.objectos.workflow.definition.WorkflowDefinition;
import dev.objectos.workflow.definition.Workflows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DiagramTest {

    private static final String HOSTILE = """
            name: hostile
            label: "</title><script>alert('x')</script> & more"
            object: leave_requests
            states:
              draft:
                label: "\\"]; <img src=x onerror=alert(1)>\\n--> [*]"
                initial: true
                transitions:
                  submit: {target: approved, label: "a\\" : b; <b>"}
                  again: draft
                  aside: {target: approved, label: A very long label that nobody could read in a picture}
              approved: {final: true, transitions: {}, label: 承認済み}
              rejected: {final: true}
            """;

    @Test
    void drawsTheSeedAsMermaid() {
        assertThat(MermaidDiagram.of(workflow(TestingFiles.SEED))).isEqualTo("""
                stateDiagram-v2
                    direction LR
                    state "Draft" as s1
                    state "Pending Approval" as s2
                    state "Approved" as s3
                    state "Rejected" as s4
                    [*] --> s1
                    s1 --> s2 : Submit
                    s2 --> s3 : Approve [can_approve]
                    s2 --> s4 : Reject
                    s3 --> [*]
                    s4 --> [*]
                """);
    }

    @Test
    void drawsTheSeedAsAPicture() throws Exception {
        String svg = SvgDiagram.of(workflow(TestingFiles.SEED));

        Document document = parsed(svg);
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(4);
        // One arrow from the beginning, and one for each transition.
        assertThat(svg.split("class=\"way\"", -1)).hasSize(1 + 1 + 3);
        assertThat(svg).contains(">Pending Approval<", ">Approve [can_approve]<");
        assertThat(SvgDiagram.of(workflow(TestingFiles.SEED))).isEqualTo(svg);
    }

    @Test
    void whatAuthorsWriteStaysText() throws Exception {
        WorkflowDefinition hostile = workflow(HOSTILE);

        Document document = parsed(SvgDiagram.of(hostile));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("</title><script>alert('x')</script> & more");
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(3);
        assertThat(MermaidDiagram.of(hostile)).contains("承認済み").doesNotContain("<").doesNotContain("]; ");
        assertThat(MermaidDiagram.of(hostile).lines()).hasSize(11);
    }

    private static Document parsed(String svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static WorkflowDefinition workflow(String yaml) {
        return Workflows.of(TestingCatalogs.ofFiles(TestingFiles.with(yaml))).all().iterator().next().definition();
    }
}

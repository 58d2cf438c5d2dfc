import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ProfileDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Holds PDFs to every rule of the profiles that come with veraPDF's core, and prints lines of fields parted by tabs:
 * "ran", flavour, file, rules, checks for each file it has read, and "fault", flavour, file, rule, times, words for
 * each rule that a file breaks.
 *
 * <p>The library has a reader of its own for profiles; it needs classes that the package it comes in leaves out.
 */
public final class Conforms {
    private static final Map<String, String> PROFILES = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A");
    private static final int EVERY_CHECK = Integer.MAX_VALUE;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String flavour : arguments[0].split(",")) {
            ValidationProfile profile = profile(flavour);
            for (int i = 1; i < arguments.length; i++) judge(flavour, profile, arguments[i]);
        }
    }

    private static void judge(String flavour, ValidationProfile profile, String file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), PDFAFlavour.byFlavourId(flavour));
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, EVERY_CHECK, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> words = new TreeMap<>();
            for (TestAssertion told : result.getTestAssertions()) {
                if (told.getStatus() == TestAssertion.Status.FAILED) words.putIfAbsent(name(told.getRuleId()), words(told));
            }
            for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
                String rule = name(broken.getKey());
                say("fault", flavour, file, rule, broken.getValue(), words.getOrDefault(rule, ""));
            }
            say("ran", flavour, file, profile.getRules().size(), result.getTotalAssertions());
        } catch (Exception unreadable) {
            say("fault", flavour, file, "unreadable", 1, unreadable.toString());
        }
    }

    private static ValidationProfile profile(String flavour) throws Exception {
        String path = "/org/verapdf/pdfa/validation/" + PROFILES.get(flavour) + ".xml";
        Document document;
        try (InputStream xml = PDFAFlavour.class.getResourceAsStream(path)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(document.getDocumentElement(), "rule")) rules.add(rule(rule));
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element each : all(document.getDocumentElement(), "variable")) {
            variables.add(Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(flavour, flavour, "veraPDF", new Date(0));
        return Profiles.profileFromValues(PDFAFlavour.byFlavourId(flavour), details, "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        RuleId ruleId = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
        List<ErrorArgument> parts = new ArrayList<>();
        for (Element part : all(rule, "argument")) parts.add(ErrorArgumentImpl.fromValues(part.getTextContent().trim(), null, null));
        String message = text(all(rule, "error").get(0), "message");
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(
            ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"),
            text(rule, "test"), Profiles.errorFromValues(message, parts), new ArrayList<>());
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    /** The text of a child of this name; a rule has several descendants that are called alike. */
    private static String text(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) return child.getTextContent().trim();
        }
        return null;
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static String words(TestAssertion told) {
        return told.getErrorMessage() != null ? told.getErrorMessage() : told.getMessage();
    }

    private static void say(Object... fields) {
        List<String> line = new ArrayList<>();
        for (Object field : fields) line.add(String.valueOf(field).replaceAll("\\s+", " "));
        System.out.println(String.join("\t", line));
    }
}

package nl.doorbraak.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.audit.Heads.Proof;

import org.springframework.stereotype.Component;

/**
 * A chain as it leaves the house: with everything that somebody without an account needs
 * to see that it is whole, and that it is the one that stood here.
 */
@Component
public class ChainFiles {

	/** Read by the stand-alone checker; a change of what is in it changes this. */
	static final String FORMAT = "doorbraak-keten/1";

	private final AuditTrail trail;

	private final Heads heads;

	private final ObjectMapper json = new ObjectMapper();

	ChainFiles(AuditTrail trail, Heads heads) {
		this.trail = trail;
		this.heads = heads;
	}

	/**
	 * Writes a chain as it stood when a head was taken, and the way up to that head.
	 * @param head over the chain
	 * @param files what else goes with it, by name: held to what it was by its hash
	 */
	public byte[] json(Head head, String chain, Map<String, byte[]> files) {
		Proof proof = this.heads.proof(head, chain);
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("format", FORMAT);
		content.put("chain", chain);
		content.put("lines",
				this.trail.chain(chain)
					.stream()
					.filter((line) -> line.number() <= proof.end().line())
					.map(ChainFiles::line)
					.toList());
		content.put("index", proof.index());
		content.put("path", proof.path().stream().map(Head::hex).toList());
		content.put("head", head.number());
		content.put("heads", this.heads.after(0).stream().map(Head::line).toList());
		Map<String, String> hashes = new TreeMap<>();
		files.forEach((name, bytes) -> hashes.put(name, Head.hex(Hashes.sha256().digest(bytes))));
		content.put("files", hashes);
		try {
			return this.json.writeValueAsBytes(content);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> line(AuditLine line) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("number", line.number());
		fields.put("at", line.at().toString());
		fields.put("actor", line.actor());
		fields.put("act", line.act());
		fields.put("facts", line.facts());
		fields.put("previousHash", Head.hex(line.previousHash()));
		fields.put("hash", Head.hex(line.hash()));
		return fields;
	}

}

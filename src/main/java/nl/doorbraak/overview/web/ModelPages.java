package nl.doorbraak.overview.web;

import nl.doorbraak.support.Refused;
import nl.doorbraak.support.WalkedPath;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** The models as they run, for whoever draws on them: the order of work is no secret. */
@Controller
class ModelPages {

	private final WalkedPath path;

	ModelPages(WalkedPath path) {
		this.path = path;
	}

	@GetMapping(path = "/modellen/{key}/{version}", produces = MediaType.APPLICATION_XML_VALUE)
	@ResponseBody
	String model(@PathVariable String key, @PathVariable int version) {
		return this.path.model(key, version).orElseThrow(Refused::notFound);
	}

}

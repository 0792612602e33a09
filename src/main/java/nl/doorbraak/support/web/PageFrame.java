package nl.doorbraak.support.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.support.Installation;
import nl.doorbraak.support.security.Account;
import nl.doorbraak.support.security.Accounts;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the frame around every page of ours shows: who is logged in, and a menu of the
 * doors that are open to them.
 */
@ControllerAdvice(annotations = Controller.class)
class PageFrame {

	private final Accounts accounts;

	private final List<MenuLink> links;

	private final List<Routes> rooms;

	/** Each link's, which stay the same: found once. */
	private final Map<String, List<Route>> doors = new ConcurrentHashMap<>();

	private final Installation installation;

	private final FrameNotices notices;

	PageFrame(Accounts accounts, List<MenuLink> links, List<Routes> rooms, Installation installation,
			FrameNotices notices) {
		this.notices = notices;
		this.installation = installation;
		this.accounts = accounts;
		this.links = links;
		this.rooms = rooms;
	}

	@ModelAttribute
	void everywhere(Model model, HttpServletRequest request, @Nullable Principal reader) {
		model.addAttribute("acceptance", this.installation.isAcceptance());
		if (HttpMethod.GET.matches(request.getMethod()) && request.getDispatcherType() != DispatcherType.ERROR) {
			model.addAttribute("here", request.getRequestURI());
		}
		if (reader != null) {
			Account account = this.accounts.find(reader.getName())
				.orElse(new Account(reader.getName(), reader.getName(), Set.of()));
			model.addAttribute("me", account.name());
			model.addAttribute("notices", this.notices.of(account));
			model.addAttribute("hasWork", isOpen(MenuLink.WORK, account));
			model.addAttribute("menuLinks",
					this.links.stream().filter((link) -> isOpen(link.path(), account)).toList());
		}
	}

	private boolean isOpen(String path, Account reader) {
		return this.doors.computeIfAbsent(path, this::doorsAt)
			.stream()
			.anyMatch((route) -> route.admits(reader.roles()));
	}

	private List<Route> doorsAt(String path) {
		return this.rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> route.method() == HttpMethod.GET
					&& PathPatternParser.defaultInstance.parse(route.path()).matches(PathContainer.parsePath(path)))
			.toList();
	}

}

package nl.doorbraak.support.web;

import java.security.Principal;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import nl.doorbraak.support.security.Account;
import nl.doorbraak.support.security.Accounts;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame around every page of ours shows: who is logged in and the menu. */
@ControllerAdvice(annotations = Controller.class)
class PageFrame {

	private final Accounts accounts;

	private final List<MenuLink> links;

	PageFrame(Accounts accounts, List<MenuLink> links) {
		this.accounts = accounts;
		this.links = links;
	}

	@ModelAttribute
	void everywhere(Model model, HttpServletRequest request, @Nullable Principal reader) {
		if (HttpMethod.GET.matches(request.getMethod())) {
			model.addAttribute("here", request.getRequestURI());
		}
		model.addAttribute("menuLinks", this.links);
		if (reader != null) {
			model.addAttribute("me", this.accounts.find(reader.getName()).map(Account::name).orElse(reader.getName()));
		}
	}

}

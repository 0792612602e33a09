-- The plan for one case is the plan for any other. A new connection made five of sixteen parts each before it kept one.
alter function doorbraak.figure_facts(text) set plan_cache_mode = force_generic_plan;
alter function doorbraak.count_case(text) set plan_cache_mode = force_generic_plan;
alter function doorbraak.count_facts() set plan_cache_mode = force_generic_plan;
